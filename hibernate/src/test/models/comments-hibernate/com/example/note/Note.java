package com.example.note;

import jakarta.persistence.*;
import org.hibernate.annotations.Comment;

@Entity
@Comment("It's a note")
public class Note {
  @Id Long id;
  @Comment("What it says") String text;
}
