package com.werent.api;

import com.werent.model.Gender;
import com.werent.model.Item;
import com.werent.model.ItemType;
import com.werent.model.Size;
import com.werent.model.User;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /items}. */
@RestController
@RequestMapping("/items")
@Transactional
class Items {
  private final Rows rows;

  Items(Rows rows) {
    this.rows = rows;
  }

  /** As clients see it. */
  record View(
      Integer id,
      Integer userId,
      String name,
      ItemType type,
      Size size,
      Gender gender,
      String brand,
      String color,
      int quantity,
      String productCode,
      String description,
      double pricePerDay,
      double rating) {
    static View of(Item item) {
      return new View(
          item.getId(),
          item.getUser().getId(),
          item.getName(),
          item.getType(),
          item.getSize(),
          item.getGender(),
          item.getBrand(),
          item.getColor(),
          item.getQuantity(),
          item.getProductCode(),
          item.getDescription(),
          item.getPricePerDay(),
          item.getRating());
    }
  }

  /** As clients send it. */
  record New(
      Integer userId,
      String name,
      ItemType type,
      Size size,
      Gender gender,
      String brand,
      String color,
      int quantity,
      String productCode,
      String description,
      double pricePerDay) {}

  @GetMapping
  List<View> all() {
    return rows.all(Item.class).stream().map(View::of).toList();
  }

  @GetMapping("/{id}")
  View one(@PathVariable("id") Integer id) {
    return View.of(rows.get(Item.class, id));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  View create(@RequestBody New request) {
    Item item =
        new Item(
            rows.get(User.class, request.userId()),
            request.name(),
            request.type(),
            request.size(),
            request.gender(),
            request.productCode());
    item.describe(request.brand(), request.color(), request.description());
    item.offer(request.quantity(), request.pricePerDay());
    return View.of(rows.save(item));
  }
}
