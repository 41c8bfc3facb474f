package com.werent.api;

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

/** {@code /users}. */
@RestController
@RequestMapping("/users")
@Transactional
class Users {
  private final Rows rows;

  Users(Rows rows) {
    this.rows = rows;
  }

  /** As clients see it. */
  record View(
      Integer id,
      String uuid,
      String email,
      String firstName,
      String lastName,
      String phoneNumber,
      boolean verified) {
    static View of(User user) {
      return new View(
          user.getId(),
          user.getUuid(),
          user.getEmail(),
          user.getFirstName(),
          user.getLastName(),
          user.getPhoneNumber(),
          user.isVerified());
    }
  }

  /** As clients send it. */
  record New(
      String email, String password, String firstName, String lastName, String phoneNumber) {}

  @GetMapping
  List<View> all() {
    return rows.all(User.class).stream().map(View::of).toList();
  }

  @GetMapping("/{id}")
  View one(@PathVariable("id") Integer id) {
    return View.of(rows.get(User.class, id));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  View create(@RequestBody New request) {
    User user =
        new User(
            request.email(),
            Passwords.hash(request.password()),
            request.firstName(),
            request.lastName(),
            request.phoneNumber());
    return View.of(rows.save(user));
  }
}
