package com.werent.api;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** What every resource asks of the database. */
@Component
class Rows {
  private final EntityManager entities;

  Rows(EntityManager entities) {
    this.entities = entities;
  }

  /** All of a kind, oldest first. */
  <T> List<T> all(Class<T> type) {
    String name = type.getSimpleName();
    return entities.createQuery("select e from " + name + " e order by e.id", type).getResultList();
  }

  /** The one with this number, or 404. */
  <T> T get(Class<T> type, Integer id) {
    T row = id == null ? null : entities.find(type, id);
    if (row == null) {
      throw new ResponseStatusException(
          HttpStatus.NOT_FOUND, "There is no " + type.getSimpleName().toLowerCase() + " " + id);
    }
    return row;
  }

  /** The one with this number, or null for no number. */
  <T> T getOrNull(Class<T> type, Integer id) {
    return id == null ? null : get(type, id);
  }

  <T> T save(T row) {
    entities.persist(row);
    entities.flush();
    return row;
  }
}
