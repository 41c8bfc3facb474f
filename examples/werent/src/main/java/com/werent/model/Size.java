package com.werent.model;

/** The size of an item. */
public enum Size {
  XS,
  S,
  M,
  L,
  XL,
  XXL,
  XXXL,
  ONE_SIZE
}
