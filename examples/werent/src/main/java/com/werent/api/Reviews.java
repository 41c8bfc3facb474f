package com.werent.api;

import com.werent.model.Item;
import com.werent.model.Review;
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

/** {@code /reviews}. */
@RestController
@RequestMapping("/reviews")
@Transactional
class Reviews {
  private final Rows rows;

  Reviews(Rows rows) {
    this.rows = rows;
  }

  /** As clients see it. */
  record View(Integer id, Integer userId, Integer itemId, String message, int rating) {
    static View of(Review review) {
      return new View(
          review.getId(),
          review.getUser().getId(),
          review.getItem().getId(),
          review.getReviewMessage(),
          review.getRating());
    }
  }

  /** As clients send it. */
  record New(Integer userId, Integer itemId, String message, int rating) {}

  @GetMapping
  List<View> all() {
    return rows.all(Review.class).stream().map(View::of).toList();
  }

  @GetMapping("/{id}")
  View one(@PathVariable("id") Integer id) {
    return View.of(rows.get(Review.class, id));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  View create(@RequestBody New request) {
    Review review =
        new Review(
            rows.get(User.class, request.userId()),
            rows.get(Item.class, request.itemId()),
            request.message(),
            request.rating());
    return View.of(rows.save(review));
  }
}
