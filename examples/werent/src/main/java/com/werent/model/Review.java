package com.werent.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.LocalDateTime;
import org.hibernate.Length;

/** What somebody thinks of an item. */
@Entity
@Table(name = "reviews")
public class Review extends Numbered {
  @Column(nullable = false, length = Length.LONG32)
  private String reviewMessage;

  private int rating;

  @Column(nullable = false, columnDefinition = "timestamp")
  private LocalDateTime createdAt;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "user_id", nullable = false)
  private User user;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "item_id", nullable = false)
  private Item item;

  protected Review() {}

  public Review(User user, Item item, String reviewMessage, int rating) {
    this.user = user;
    this.item = item;
    this.reviewMessage = reviewMessage;
    this.rating = rating;
    this.createdAt = LocalDateTime.now();
  }

  public String getReviewMessage() {
    return reviewMessage;
  }

  public int getRating() {
    return rating;
  }

  public User getUser() {
    return user;
  }

  public Item getItem() {
    return item;
  }
}
