// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/** A response that reaches nobody. */
final class Swallowing extends HttpServletResponseWrapper {

  Swallowing(HttpServletResponse response) {
    super(response);
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return new ServletOutputStream() {
      @Override
      public void write(int b) {}

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {
        throw new UnsupportedOperationException("tests write synchronously");
      }
    };
  }

  @Override
  public void flushBuffer() {}
}
