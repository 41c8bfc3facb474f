package com.example.note;

import jakarta.persistence.*;

@Entity
@Table(comment = "It's a note")
public class Note {
  @Id Long id;
  @Column(comment = "What it says") String text;
}
