package com.werent.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.LocalDateTime;
import org.hibernate.Length;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.OnDelete;
import org.hibernate.annotations.OnDeleteAction;
import org.hibernate.type.SqlTypes;

/** A piece of clothing that can be rented; it goes with its owner. */
@Entity
@Table(name = "items")
public class Item extends Numbered {
  @Column(nullable = false, length = 100)
  private String name;

  @JdbcTypeCode(SqlTypes.NAMED_ORDINAL_ENUM)
  @Column(nullable = false)
  private ItemType type;

  @JdbcTypeCode(SqlTypes.NAMED_ORDINAL_ENUM)
  @Column(nullable = false)
  private Size size;

  @JdbcTypeCode(SqlTypes.NAMED_ORDINAL_ENUM)
  @Column(nullable = false)
  private Gender gender;

  @Column(length = 100)
  private String brand;

  @Column(length = 50)
  private String color;

  private int quantity;

  @Column(nullable = false, unique = true, length = 50)
  private String productCode;

  @Column(nullable = false, length = Length.LONG32)
  private String description;

  private double pricePerDay;

  private double rating;

  @Column(nullable = false, columnDefinition = "timestamp")
  private LocalDateTime createdAt;

  @Column(nullable = false, columnDefinition = "timestamp")
  private LocalDateTime updatedAt;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "user_id", nullable = false)
  @OnDelete(action = OnDeleteAction.CASCADE)
  private User user;

  protected Item() {}

  public Item(User user, String name, ItemType type, Size size, Gender gender, String productCode) {
    this.user = user;
    this.name = name;
    this.type = type;
    this.size = size;
    this.gender = gender;
    this.productCode = productCode;
    this.description = "";
    this.createdAt = LocalDateTime.now();
    this.updatedAt = createdAt;
  }

  /** What it looks like. */
  public void describe(String newBrand, String newColor, String newDescription) {
    this.brand = newBrand;
    this.color = newColor;
    this.description = newDescription == null ? "" : newDescription;
  }

  /** How many there are, and for how much. */
  public void offer(int newQuantity, double newPricePerDay) {
    this.quantity = newQuantity;
    this.pricePerDay = newPricePerDay;
  }

  public String getName() {
    return name;
  }

  public ItemType getType() {
    return type;
  }

  public Size getSize() {
    return size;
  }

  public Gender getGender() {
    return gender;
  }

  public String getBrand() {
    return brand;
  }

  public String getColor() {
    return color;
  }

  public int getQuantity() {
    return quantity;
  }

  public String getProductCode() {
    return productCode;
  }

  public String getDescription() {
    return description;
  }

  public double getPricePerDay() {
    return pricePerDay;
  }

  public double getRating() {
    return rating;
  }

  public User getUser() {
    return user;
  }
}
