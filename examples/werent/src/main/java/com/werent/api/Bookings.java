package com.werent.api;

import com.werent.model.Booking;
import com.werent.model.BookingStatus;
import com.werent.model.Item;
import com.werent.model.User;
import java.time.LocalDate;
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

/** {@code /bookings}. */
@RestController
@RequestMapping("/bookings")
@Transactional
class Bookings {
  private final Rows rows;

  Bookings(Rows rows) {
    this.rows = rows;
  }

  /** As clients see it. */
  record View(
      Integer id,
      Integer userId,
      Integer itemId,
      LocalDate startDate,
      LocalDate endDate,
      int quantity,
      double totalPrice,
      BookingStatus status,
      boolean paid) {
    static View of(Booking booking) {
      return new View(
          booking.getId(),
          booking.getUser().getId(),
          booking.getItem().getId(),
          booking.getStartDate(),
          booking.getEndDate(),
          booking.getQuantity(),
          booking.getTotalPrice(),
          booking.getStatus(),
          booking.isPaid());
    }
  }

  /** As clients send it. */
  record New(
      Integer userId, Integer itemId, LocalDate startDate, LocalDate endDate, int quantity) {}

  @GetMapping
  List<View> all() {
    return rows.all(Booking.class).stream().map(View::of).toList();
  }

  @GetMapping("/{id}")
  View one(@PathVariable("id") Integer id) {
    return View.of(rows.get(Booking.class, id));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  View create(@RequestBody New request) {
    Booking booking =
        new Booking(
            rows.get(User.class, request.userId()),
            rows.get(Item.class, request.itemId()),
            request.startDate(),
            request.endDate(),
            request.quantity());
    return View.of(rows.save(booking));
  }
}
