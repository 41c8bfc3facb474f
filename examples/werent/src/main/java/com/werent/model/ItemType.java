package com.werent.model;

/** What a piece of clothing is. */
public enum ItemType {
  DRESS,
  TOP,
  BOTTOM,
  OUTERWEAR,
  SHOES,
  ACCESSORY,
  JEWELRY,
  BAG,
  FORMAL_WEAR,
  COSTUME,
  OTHER
}
