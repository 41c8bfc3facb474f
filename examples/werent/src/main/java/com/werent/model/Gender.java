package com.werent.model;

/** Whom an item is cut for. */
public enum Gender {
  MENS,
  WOMENS,
  UNISEX,
  KIDS
}
