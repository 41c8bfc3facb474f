package com.werent.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.LocalDateTime;
import java.util.UUID;
import org.hibernate.Length;

/** Somebody who rents, lends, or both. */
@Entity
@Table(name = "users")
public class User extends Numbered {
  /**
   * Unique by the index {@code ix_users_email}, which belongs to the revisions: JPA can only ask
   * for a constraint.
   */
  @Column(nullable = false, length = 120)
  private String email;

  @Column(nullable = false, length = 128)
  private String passwordHash;

  @Column(nullable = false, length = 50)
  private String firstName;

  @Column(nullable = false, length = 50)
  private String lastName;

  @Column(length = 20)
  private String phoneNumber;

  @Column(nullable = false)
  private boolean isAdmin;

  @Column(nullable = false)
  private boolean isVerified;

  @Column(nullable = false)
  private boolean isActive;

  @Column(nullable = false, unique = true, length = 36)
  private String uuid;

  @Column(length = Length.LONG32)
  private String profileImage;

  @Column(nullable = false, columnDefinition = "timestamp")
  private LocalDateTime createdAt;

  @Column(nullable = false, columnDefinition = "timestamp")
  private LocalDateTime updatedAt;

  protected User() {}

  public User(
      String email, String passwordHash, String firstName, String lastName, String phoneNumber) {
    this.email = email;
    this.passwordHash = passwordHash;
    this.firstName = firstName;
    this.lastName = lastName;
    this.phoneNumber = phoneNumber;
    this.isActive = true;
    this.uuid = UUID.randomUUID().toString();
    this.createdAt = LocalDateTime.now();
    this.updatedAt = createdAt;
  }

  public String getEmail() {
    return email;
  }

  public String getFirstName() {
    return firstName;
  }

  public String getLastName() {
    return lastName;
  }

  public String getPhoneNumber() {
    return phoneNumber;
  }

  public boolean isVerified() {
    return isVerified;
  }

  public String getUuid() {
    return uuid;
  }
}
