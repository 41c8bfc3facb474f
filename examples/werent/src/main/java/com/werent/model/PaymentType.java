package com.werent.model;

/** What somebody paid for. */
public enum PaymentType {
  RENT,
  FINE
}
