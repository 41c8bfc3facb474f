package com.werent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One rental from the sign-up to the review, over HTTP; Hibernate has validated the schema. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WerentTest {
  private static final Database DATABASE = Database.create("werent");
  private static Service service;

  @BeforeAll
  static void deploysAndStarts() {
    service = Service.start(DATABASE, "whimbrel.mode=deploy");
  }

  @AfterAll
  static void stops() {
    service.close();
  }

  @Test
  @Order(1)
  void aUserSignsUpAndNobodySeesThePassword() {
    String created =
        service.post(
            "/users",
            """
            {"email": "ani@example.com", "password": "secret", "firstName": "Ani",
             "lastName": "W", "phoneNumber": "0812"}
            """);
    assertThat(created).contains("\"id\":1", "\"email\":\"ani@example.com\"");
    assertThat(service.get("/users")).doesNotContain("secret", "assword");
    assertThat(DATABASE.query("select password_hash from users")).startsWith("pbkdf2:sha256:");
  }

  @Test
  @Order(2)
  void theUserOffersAnItem() {
    service.post(
        "/items",
        """
        {"userId": 1, "name": "Kebaya", "type": "FORMAL_WEAR", "size": "M", "gender": "WOMENS",
         "brand": "Batik", "color": "red", "quantity": 2, "productCode": "KB-1",
         "description": "For weddings", "pricePerDay": 10.5}
        """);
    assertThat(service.get("/items/1")).contains("\"type\":\"FORMAL_WEAR\"", "\"userId\":1");
    assertThat(DATABASE.query("select type from items")).isEqualTo("FORMAL_WEAR");
  }

  @Test
  @Order(3)
  void aBookingIsPaid() {
    String booking =
        service.post(
            "/bookings",
            """
            {"userId": 1, "itemId": 1, "startDate": "2026-02-01", "endDate": "2026-02-02",
             "quantity": 1}
            """);
    assertThat(booking).contains("\"status\":\"PENDING\"", "\"totalPrice\":21.0");
    String payment =
        service.post(
            "/payments",
            """
            {"userId": 1, "bookingIds": [1], "paymentMethod": "QRIS", "paymentType": "RENT"}
            """);
    assertThat(payment).contains("\"bookingIds\":[1]", "\"totalPrice\":21.0");
    assertThat(service.get("/payments")).contains("\"bookingIds\":[1]");
    assertThat(service.get("/bookings/1")).contains("\"status\":\"PAID\"", "\"paid\":true");
  }

  @Test
  @Order(4)
  void aReviewWithAnImageAndATicketFollow() {
    service.post(
        "/reviews", "{\"userId\": 1, \"itemId\": 1, \"message\": \"Fits\", \"rating\": 5}");
    service.post("/images", "{\"reviewId\": 1, \"base64\": \"AAAA\"}");
    service.post("/tickets", "{\"userId\": 1, \"bookingId\": 1, \"chat\": \"Where is it?\"}");
    assertThat(service.get("/reviews")).contains("\"message\":\"Fits\"", "\"rating\":5");
    assertThat(service.get("/images")).contains("\"itemId\":null", "\"reviewId\":1");
    assertThat(service.get("/tickets/1")).contains("\"chat\":\"Where is it?\"");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(service.status("/items/4711")).isEqualTo(404);
  }

  @Test
  @Order(5)
  void whatTheDatabaseRefusesIsTheClientsMistake() {
    String taken =
        """
        {"email": "ani@example.com", "password": "secret", "firstName": "Ani",
         "lastName": "W", "phoneNumber": "0812"}
        """;
    assertThat(service.statusOfPost("/users", taken)).isEqualTo(409);
    assertThat(service.statusOfPost("/users", "{\"password\": \"secret\"}")).isEqualTo(400);
    assertThat(service.statusOfPost("/users", "{}")).isEqualTo(400);
  }

  @Test
  void healthIsUp() {
    assertThat(service.get("/actuator/health")).contains("\"status\":\"UP\"");
  }
}
