// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.store.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.databind.JsonNode;

/** Every failure in the shape of the original, and nothing of our insides. */
@RestControllerAdvice
public final class ErrorAnswers {

  private static final Logger log = LoggerFactory.getLogger(ErrorAnswers.class);

  @ExceptionHandler(ApiException.class)
  ResponseEntity<JsonNode> known(ApiException failure) {
    // Said here, or who waits for events would be told 406 instead of what is wrong.
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(failure.status()).contentType(MediaType.APPLICATION_JSON);
    failure.headers().forEach(answer::header);
    return answer.body(failure.body());
  }

  @ExceptionHandler(StoreUnavailableException.class)
  ResponseEntity<JsonNode> unavailable(StoreUnavailableException failure) {
    log.warn("the database does not answer", failure);
    return known(ApiException.of(503, "Database not available").header("Retry-After", "5"));
  }

  @ExceptionHandler({NoResourceFoundException.class, NoHandlerFoundException.class})
  ResponseEntity<JsonNode> noSuchPath() {
    return known(ApiException.of(404, "Not Found"));
  }

  @ExceptionHandler(HttpRequestMethodNotSupportedException.class)
  ResponseEntity<JsonNode> method(HttpRequestMethodNotSupportedException failure) {
    String[] allowed = failure.getSupportedMethods();
    ApiException answer = ApiException.of(405, "Method Not Allowed");
    return known(allowed == null ? answer : answer.header("Allow", String.join(", ", allowed)));
  }

  @ExceptionHandler(HttpMediaTypeException.class)
  ResponseEntity<JsonNode> mediaType(HttpMediaTypeException failure) {
    return known(ApiException.of(failure.getStatusCode().value(), failure.getMessage()));
  }

  @ExceptionHandler(Exception.class)
  ResponseEntity<JsonNode> bug(Exception failure, HttpServletRequest request) {
    log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
    return known(ApiException.of(500, "Internal Server Error"));
  }
}
