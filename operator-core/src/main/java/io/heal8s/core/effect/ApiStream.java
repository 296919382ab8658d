// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** An answer that is read line by line while it comes. One thread reads; any thread may close. */
public final class ApiStream implements AutoCloseable {

  private final Call call;
  private final ResponseBody body;

  ApiStream(Call call, ResponseBody body) {
    this.call = call;
    this.body = body;
  }

  /** The next line, or null at the end; blocks until it comes. */
  public @Nullable String readLine() throws IOException {
    return body.source().readUtf8Line();
  }

  /** Ends the answer: a thread that is reading gets an IOException. */
  @Override
  public void close() {
    // Cancelled first: closing the body would wait for what the server still sends.
    call.cancel();
    body.close();
  }
}
