package com.example.shop;

import jakarta.persistence.*;

@Entity
@Inheritance(strategy = InheritanceType.SINGLE_TABLE)
@DiscriminatorColumn(name = "kind", length = 12)
abstract class Payment {
  @Id @GeneratedValue(strategy = GenerationType.SEQUENCE) Long id;
  java.math.BigDecimal amount;
}

@Entity
@DiscriminatorValue("card")
class CardPayment extends Payment {
  @Column(length = 4, nullable = false) String lastDigits;
}

@Entity
@DiscriminatorValue("cash")
class CashPayment extends Payment {
  boolean counted;
}

@Entity
@Inheritance(strategy = InheritanceType.JOINED)
class Vehicle {
  @Id @GeneratedValue(strategy = GenerationType.IDENTITY) Long id;
  String plate;
}

@Entity
@PrimaryKeyJoinColumn(name = "vehicle_id")
class Truck extends Vehicle {
  int axles;
}

@Entity
@Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
abstract class Document {
  @Id @GeneratedValue(strategy = GenerationType.UUID) java.util.UUID id;
  String title;
}

@Entity
class Invoice extends Document {
  java.time.LocalDate due;
}

@Entity
class Receipt extends Document {
  java.time.OffsetDateTime paidAt;
}

@MappedSuperclass
abstract class Audited {
  @Column(updatable = false, nullable = false) java.time.Instant createdAt;
  @Version int version;
}

@Entity
class Ticket extends Audited {
  @Id
  @GeneratedValue(strategy = GenerationType.TABLE, generator = "tickets")
  @TableGenerator(name = "tickets", table = "id_source", pkColumnName = "name", valueColumnName = "next")
  Integer id;
}
