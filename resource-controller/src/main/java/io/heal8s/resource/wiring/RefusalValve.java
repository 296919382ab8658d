// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Writes what the server refuses by itself, such as a path that is none, in the shape of all
 * refusals: {@code {"detail": …}}. Without it that would be a page of HTML.
 */
final class RefusalValve extends ErrorReportValve {

  private static final Logger log = LoggerFactory.getLogger(RefusalValve.class);
  private static final int FIRST_ERROR = 400;

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    boolean isWritten = response.getStatus() < FIRST_ERROR || response.getContentWritten() > 0;
    if (isWritten || !response.setErrorReported() || !canBeSent(response)) {
      return;
    }
    try {
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      response.setCharacterEncoding(StandardCharsets.UTF_8);
      Writer writer = response.getReporter();
      if (writer != null) {
        writer.write(
            JsonNodeFactory.instance
                .objectNode()
                .put("detail", detail(response.getStatus()))
                .toString());
        response.finishResponse();
      }
    } catch (IOException e) {
      log.debug("a refusal was not sent: the client is gone", e);
    }
  }

  /** The server's own words are about its insides and may repeat what was sent. */
  private static String detail(int status) {
    HttpStatus known = HttpStatus.resolve(status);
    return known == null ? "Refused" : known.getReasonPhrase();
  }

  private static boolean canBeSent(Response response) {
    AtomicBoolean allowed = new AtomicBoolean();
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
    return allowed.get();
  }
}
