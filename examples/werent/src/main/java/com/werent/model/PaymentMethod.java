package com.werent.model;

/** How somebody paid. */
public enum PaymentMethod {
  CC,
  QRIS,
  TRANSFER,
  CASH
}
