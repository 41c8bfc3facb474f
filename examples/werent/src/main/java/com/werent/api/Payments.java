package com.werent.api;

import com.werent.model.Booking;
import com.werent.model.Payment;
import com.werent.model.PaymentMethod;
import com.werent.model.PaymentType;
import com.werent.model.User;
import java.time.LocalDateTime;
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

/** {@code /payments}. */
@RestController
@RequestMapping("/payments")
@Transactional
class Payments {
  private final Rows rows;

  Payments(Rows rows) {
    this.rows = rows;
  }

  /** As clients see it. */
  record View(
      Integer id,
      Integer userId,
      List<Integer> bookingIds,
      double totalPrice,
      PaymentMethod paymentMethod,
      PaymentType paymentType,
      LocalDateTime paymentDate) {
    static View of(Payment payment) {
      return new View(
          payment.getId(),
          payment.getUser() == null ? null : payment.getUser().getId(),
          payment.getBookingIds(),
          payment.getTotalPrice(),
          payment.getPaymentMethod(),
          payment.getPaymentType(),
          payment.getPaymentDate());
    }
  }

  /** As clients send it. */
  record New(
      Integer userId,
      List<Integer> bookingIds,
      PaymentMethod paymentMethod,
      PaymentType paymentType) {}

  @GetMapping
  List<View> all() {
    return rows.all(Payment.class).stream().map(View::of).toList();
  }

  @GetMapping("/{id}")
  View one(@PathVariable("id") Integer id) {
    return View.of(rows.get(Payment.class, id));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  View create(@RequestBody New request) {
    double total = 0;
    for (Integer id : request.bookingIds()) {
      Booking booking = rows.get(Booking.class, id);
      booking.pay();
      total += booking.getTotalPrice();
    }
    Payment payment =
        new Payment(
            rows.getOrNull(User.class, request.userId()),
            request.bookingIds(),
            total,
            request.paymentMethod(),
            request.paymentType());
    return View.of(rows.save(payment));
  }
}
