package com.werent.api;

import com.werent.model.Image;
import com.werent.model.Item;
import com.werent.model.Review;
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

/** {@code /images}. */
@RestController
@RequestMapping("/images")
@Transactional
class Images {
  private final Rows rows;

  Images(Rows rows) {
    this.rows = rows;
  }

  /** As clients see it. */
  record View(Integer id, Integer itemId, Integer reviewId, String base64) {
    static View of(Image image) {
      return new View(
          image.getId(),
          image.getItem() == null ? null : image.getItem().getId(),
          image.getReview() == null ? null : image.getReview().getId(),
          image.getImageBase64());
    }
  }

  /** As clients send it. */
  record New(Integer itemId, Integer reviewId, String base64) {}

  @GetMapping
  List<View> all() {
    return rows.all(Image.class).stream().map(View::of).toList();
  }

  @GetMapping("/{id}")
  View one(@PathVariable("id") Integer id) {
    return View.of(rows.get(Image.class, id));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  View create(@RequestBody New request) {
    Image image =
        new Image(
            rows.getOrNull(Item.class, request.itemId()),
            rows.getOrNull(Review.class, request.reviewId()),
            request.base64());
    return View.of(rows.save(image));
  }
}
