package com.example.valid;

import jakarta.persistence.*;
import jakarta.validation.constraints.*;

@Entity
public class Person {
  @Id @GeneratedValue Long id;
  @NotNull @Size(min = 2, max = 40) String name;
  @Min(18) @Max(150) int age;
  @NotBlank String nick;
  @Digits(integer = 5, fraction = 2) java.math.BigDecimal wage;
}
