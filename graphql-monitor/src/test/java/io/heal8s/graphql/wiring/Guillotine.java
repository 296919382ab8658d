// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Between one monitor and the API server. At the request that a test names, the process is as good
 * as killed: nothing that it sends from then on arrives anywhere, and nothing comes back. Several
 * may hang over one process, each over its own namespace: for that one it is dead then.
 */
final class Guillotine implements Interceptor {

  /** On which side of the request it falls. */
  enum Side {
    /** The server never sees it. */
    BEFORE,
    /** The server does as asked; the process never learns. */
    AFTER
  }

  private final Predicate<Request> over;
  private final Predicate<Request> at;
  private final Side side;
  private final AtomicBoolean fallen = new AtomicBoolean();
  private final CountDownLatch cut = new CountDownLatch(1);

  private Guillotine(Predicate<Request> over, Predicate<Request> at, Side side) {
    this.over = over;
    this.at = at;
    this.side = side;
  }

  /** It falls at the first such request about that namespace. */
  static Guillotine over(String namespace, Predicate<Request> at, Side side) {
    String path = "/namespaces/" + namespace + "/";
    return new Guillotine(request -> request.url().encodedPath().contains(path), at, side);
  }

  /** It hangs over the whole process and falls by itself at no request. */
  static Guillotine never() {
    return new Guillotine(request -> true, request -> false, Side.BEFORE);
  }

  boolean hasFallen() {
    return cut.getCount() == 0;
  }

  /** Now, wherever the process is. */
  void fall() {
    fallen.set(true);
    cut.countDown();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    if (!over.test(chain.request())) {
      return chain.proceed(chain.request());
    }
    if (fallen.get()) {
      throw new IOException("this process is dead");
    }
    if (at.test(chain.request()) && fallen.compareAndSet(false, true)) {
      if (side == Side.AFTER) {
        chain.proceed(chain.request()).close();
      }
      cut.countDown();
      throw new IOException("this process is dead");
    }
    return chain.proceed(chain.request());
  }
}
