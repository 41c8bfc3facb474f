package com.werent.api;

import com.werent.model.Booking;
import com.werent.model.Ticket;
import com.werent.model.User;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /tickets}. */
@RestController
@RequestMapping("/tickets")
@Transactional
class Tickets {
  private final Rows rows;

  Tickets(Rows rows) {
    this.rows = rows;
  }

  /** As clients see it. */
  record View(Integer id, Integer userId, Integer bookingId, String chat, boolean resolved) {
    static View of(Ticket ticket) {
      return new View(
          ticket.getId(),
          ticket.getUser().getId(),
          ticket.getBooking() == null ? null : ticket.getBooking().getId(),
          ticket.getChatContent(),
          ticket.isResolved());
    }
  }

  /** As clients send it. */
  record New(Integer userId, Integer bookingId, String chat) {}

  @GetMapping
  List<View> all() {
    return rows.all(Ticket.class).stream().map(View::of).toList();
  }

  @GetMapping("/{id}")
  View one(@PathVariable("id") Integer id) {
    return View.of(rows.get(Ticket.class, id));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  View create(@RequestBody New request) {
    Ticket ticket =
        new Ticket(
            rows.get(User.class, request.userId()),
            rows.getOrNull(Booking.class, request.bookingId()),
            request.chat());
    return View.of(rows.save(ticket));
  }
}
