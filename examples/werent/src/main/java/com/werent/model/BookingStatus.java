package com.werent.model;

/** How far a booking has come. */
public enum BookingStatus {
  PENDING,
  PAID,
  CANCELLED,
  PASTDUE,
  RETURNED,
  COMPLETED,
  CONFIRMED
}
