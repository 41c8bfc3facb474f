package com.werent.api;

import org.hibernate.PropertyValueException;
import org.hibernate.exception.ConstraintViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What the database refuses is the client's mistake, and is answered as one. */
@RestControllerAdvice
class Refusals {
  private static final String UNIQUE_VIOLATION = "23505";

  @ExceptionHandler
  ProblemDetail missing(PropertyValueException refused) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.BAD_REQUEST, refused.getPropertyName() + " is missing");
  }

  @ExceptionHandler
  ProblemDetail violated(ConstraintViolationException refused) {
    boolean taken = UNIQUE_VIOLATION.equals(refused.getSQLState());
    return ProblemDetail.forStatusAndDetail(
        taken ? HttpStatus.CONFLICT : HttpStatus.BAD_REQUEST,
        (taken ? "There is one like this already: " : "Not allowed: ")
            + refused.getConstraintName());
  }
}
