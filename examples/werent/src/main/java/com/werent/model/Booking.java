package com.werent.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Somebody wants an item for some days. */
@Entity
@Table(name = "bookings")
public class Booking extends Numbered {
  @Column(nullable = false)
  private LocalDate startDate;

  @Column(nullable = false)
  private LocalDate endDate;

  private double totalPrice;

  private int quantity;

  @JdbcTypeCode(SqlTypes.NAMED_ORDINAL_ENUM)
  @Column(nullable = false)
  private BookingStatus status;

  private boolean isPaid;

  @Column(nullable = false, columnDefinition = "timestamp")
  private LocalDateTime createdAt;

  @Column(nullable = false, columnDefinition = "timestamp")
  private LocalDateTime updatedAt;

  @Column(columnDefinition = "timestamp")
  private LocalDateTime expiresAt;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "user_id", nullable = false)
  private User user;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "item_id", nullable = false)
  private Item item;

  protected Booking() {}

  /** Reserved for half an hour, until it is paid. */
  public Booking(User user, Item item, LocalDate startDate, LocalDate endDate, int quantity) {
    this.user = user;
    this.item = item;
    this.startDate = startDate;
    this.endDate = endDate;
    this.quantity = quantity;
    long days = ChronoUnit.DAYS.between(startDate, endDate) + 1;
    this.totalPrice = days * quantity * item.getPricePerDay();
    this.status = BookingStatus.PENDING;
    this.createdAt = LocalDateTime.now();
    this.updatedAt = createdAt;
    this.expiresAt = createdAt.plusMinutes(30);
  }

  public LocalDate getStartDate() {
    return startDate;
  }

  public LocalDate getEndDate() {
    return endDate;
  }

  public double getTotalPrice() {
    return totalPrice;
  }

  public int getQuantity() {
    return quantity;
  }

  public BookingStatus getStatus() {
    return status;
  }

  /** Settled by a payment. */
  public void pay() {
    status = BookingStatus.PAID;
    isPaid = true;
    expiresAt = null;
    updatedAt = LocalDateTime.now();
  }

  public boolean isPaid() {
    return isPaid;
  }

  public User getUser() {
    return user;
  }

  public Item getItem() {
    return item;
  }
}
