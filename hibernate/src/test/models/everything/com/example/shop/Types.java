package com.example.shop;

import jakarta.persistence.*;
import java.time.*;
import java.util.*;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import org.hibernate.annotations.*;
import org.hibernate.type.SqlTypes;

enum Colour { RED, GREEN, BLUE }

enum Mood { HAPPY, SAD }

@Entity
@Table(
    name = "all_types",
    indexes = {
      @Index(name = "all_types_code", columnList = "code, shade desc"),
      @Index(columnList = "when_local, letter", unique = true)
    })
@Check(constraints = "small > 0")
class AllTypes {
  @Id @GeneratedValue Long id;
  @Enumerated(EnumType.STRING) Colour shade;
  @Enumerated(EnumType.ORDINAL) Colour ordinalShade;
  @JdbcTypeCode(SqlTypes.NAMED_ENUM) Mood mood;
  @Column(unique = true) String code;
  @ColumnDefault("'none'") String note;
  short small;
  byte tiny;
  char letter;
  double real;
  float single;
  @Column(precision = 12, scale = 3) java.math.BigDecimal price;
  java.math.BigInteger big;
  UUID token;
  @Lob String essay;
  @Lob byte[] blob;
  @Column(length = 70_000) String longText;
  byte[] bytes;
  String[] words;
  int[] numbers;
  @JdbcTypeCode(SqlTypes.ARRAY) List<Integer> list;
  @JdbcTypeCode(SqlTypes.JSON) Map<String, String> json;
  @JdbcTypeCode(SqlTypes.JSON) Money nested;
  @JdbcTypeCode(SqlTypes.INET) java.net.InetAddress address;
  LocalDate day;
  LocalTime time;
  @Column(name = "when_local") LocalDateTime whenLocal;
  OffsetDateTime whenOffset;
  ZonedDateTime whenZoned;
  Instant instant;
  Duration lasting;
  Year year;
  Locale locale;
  Currency currency;
  TimeZone zone;
  @Generated(sql = "now()") OffsetDateTime stamped;
  @GeneratedColumn("small * 2") int twice;
  @Formula("small + 1") int notAColumn;
  @Transient String nothing;
  Boolean flag;
  @Convert(converter = org.hibernate.type.YesNoConverter.class) boolean yes;
  Temperature temperature;
}

@Embeddable
class Money {
  java.math.BigDecimal amount;
  String currency;
}

class Temperature {
  final double celsius;
  Temperature(double celsius) { this.celsius = celsius; }
}

interface Clock {}

/** Wants its collaborator injected, as with Spring. */
@Converter(autoApply = true)
class TemperatureConverter implements AttributeConverter<Temperature, Double> {
  private final Clock clock;
  TemperatureConverter(Clock clock) { this.clock = Objects.requireNonNull(clock); }
  public Double convertToDatabaseColumn(Temperature value) { return value == null ? null : value.celsius; }
  public Temperature convertToEntityAttribute(Double value) { return value == null ? null : new Temperature(value); }
}
