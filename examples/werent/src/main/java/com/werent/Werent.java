package com.werent;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The backend of WeRent, where people rent clothes to each other. */
@SpringBootApplication
public class Werent {
  public static void main(String[] arguments) {
    SpringApplication.run(Werent.class, arguments);
  }
}
