package com.werent.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.LocalDateTime;
import org.hibernate.Length;

/** A picture of an item, or one that came with a review. */
@Entity
@Table(name = "images")
public class Image extends Numbered {
  @Column(name = "image_base64", nullable = false, length = Length.LONG32)
  private String imageBase64;

  @Column(nullable = false, columnDefinition = "timestamp")
  private LocalDateTime createdAt;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "item_id")
  private Item item;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "review_id")
  private Review review;

  protected Image() {}

  public Image(Item item, Review review, String imageBase64) {
    this.item = item;
    this.review = review;
    this.imageBase64 = imageBase64;
    this.createdAt = LocalDateTime.now();
  }

  public String getImageBase64() {
    return imageBase64;
  }

  /** Null when it came with a review. */
  public Item getItem() {
    return item;
  }

  /** Null when it shows an item. */
  public Review getReview() {
    return review;
  }
}
