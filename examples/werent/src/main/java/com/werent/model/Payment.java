package com.werent.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.LocalDateTime;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One payment settles several bookings. */
@Entity
@Table(name = "payments")
public class Payment extends Numbered {
  @JdbcTypeCode(SqlTypes.JSON)
  @Column(name = "booking_id", nullable = false, columnDefinition = "json")
  private List<Integer> bookingIds;

  private double totalPrice;

  @JdbcTypeCode(SqlTypes.NAMED_ORDINAL_ENUM)
  @Column(nullable = false)
  private PaymentMethod paymentMethod;

  @JdbcTypeCode(SqlTypes.NAMED_ORDINAL_ENUM)
  @Column(nullable = false)
  private PaymentType paymentType;

  @Column(nullable = false, columnDefinition = "timestamp")
  private LocalDateTime paymentDate;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "user_id")
  private User user;

  protected Payment() {}

  public Payment(
      User user,
      List<Integer> bookingIds,
      double totalPrice,
      PaymentMethod paymentMethod,
      PaymentType paymentType) {
    this.user = user;
    this.bookingIds = List.copyOf(bookingIds);
    this.totalPrice = totalPrice;
    this.paymentMethod = paymentMethod;
    this.paymentType = paymentType;
    this.paymentDate = LocalDateTime.now();
  }

  public List<Integer> getBookingIds() {
    return bookingIds;
  }

  public double getTotalPrice() {
    return totalPrice;
  }

  public PaymentMethod getPaymentMethod() {
    return paymentMethod;
  }

  public PaymentType getPaymentType() {
    return paymentType;
  }

  public LocalDateTime getPaymentDate() {
    return paymentDate;
  }

  /** Null for a payment at the counter. */
  public User getUser() {
    return user;
  }
}
