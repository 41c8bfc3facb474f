package com.werent.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.LocalDateTime;
import org.hibernate.Length;

/** A conversation with the support. */
@Entity
@Table(name = "tickets")
public class Ticket extends Numbered {
  @Column(nullable = false, length = Length.LONG32)
  private String chatContent;

  private boolean isResolved;

  @Column(nullable = false, columnDefinition = "timestamp")
  private LocalDateTime createdAt;

  @Column(nullable = false, columnDefinition = "timestamp")
  private LocalDateTime updatedAt;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "user_id", nullable = false)
  private User user;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "booking_id")
  private Booking booking;

  protected Ticket() {}

  public Ticket(User user, Booking booking, String chatContent) {
    this.user = user;
    this.booking = booking;
    this.chatContent = chatContent;
    this.createdAt = LocalDateTime.now();
    this.updatedAt = createdAt;
  }

  public String getChatContent() {
    return chatContent;
  }

  public boolean isResolved() {
    return isResolved;
  }

  public User getUser() {
    return user;
  }

  /** Null when it is about no booking. */
  public Booking getBooking() {
    return booking;
  }
}
