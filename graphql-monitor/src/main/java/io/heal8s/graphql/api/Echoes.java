// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.observe.Change;
import io.heal8s.core.observe.ResourceVersions;
import io.heal8s.graphql.announce.AppNews.Happened;
import io.heal8s.graphql.history.AppChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes one story of what this process does and what the watch shows, in which nothing happens
 * twice. Whose a write is that the watch shows is known by its resourceVersion and not by who polls
 * the app: that passes from one replica to another at no particular moment. While a write is under
 * way its version is not known yet, so what the watch shows of that app waits until it is over.
 *
 * <p>{@code lock} guards everything. It is held while the listener is told, so that it is told in
 * order.
 */
final class Echoes {

  /** Is told what happens; must neither block nor call back. */
  interface Listener {

    /** This process did something. */
    void did(Own own);

    /**
     * Somebody else wrote a status.
     *
     * @param before the status before
     * @param after the object now
     * @param digest of the state that this process told last, null for none
     */
    void saw(TargetAppStatus before, TargetApp after, @Nullable String digest);

    /** An object was created. */
    void came(TargetApp app);

    /** An object is gone. */
    void went(TargetApp app);
  }

  /**
   * Something that this process did.
   *
   * @param change what people are told of it, null for nothing; made beforehand, because two states
   *     may take long to compare and everybody waits for the lock
   */
  record Own(Happened what, @Nullable AppChange change) {}

  /**
   * The last that this process did.
   *
   * @param written what it wrote; null once the watch has shown it, or when it only took note
   * @param digest of the state as it was told
   */
  private record Last(@Nullable TargetApp written, @Nullable String digest) {}

  /** Writes under way of one app, one almost always. */
  private static final class UnderWay {
    private final Deque<Change<TargetApp>> watched = new ArrayDeque<>(2);
    private final List<Own> own = new ArrayList<>(2);
    private int writers;
  }

  private final Listener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ObjectKey, Last> last = new HashMap<>();
  private final Map<ObjectKey, UnderWay> underWay = new HashMap<>();

  Echoes(Listener listener) {
    this.listener = listener;
  }

  /** This process may write something of that app until {@link #ended}. */
  void begins(ObjectKey app) {
    lock.lock();
    try {
      underWay.computeIfAbsent(app, _ -> new UnderWay()).writers++;
    } finally {
      lock.unlock();
    }
  }

  /** It did that. */
  void ended(ObjectKey app, List<Own> what) {
    lock.lock();
    try {
      UnderWay known = underWay.get(app);
      if (known == null) {
        return;
      }
      known.own.addAll(what);
      if (--known.writers > 0) {
        return;
      }
      underWay.remove(app);
      for (Own own : known.own) {
        while (!known.watched.isEmpty() && isBefore(known.watched.getFirst(), own.what().after())) {
          judge(known.watched.removeFirst());
        }
        did(app, own);
      }
      known.watched.forEach(this::judge);
    } finally {
      lock.unlock();
    }
  }

  /** The watch tells of an object. */
  void watched(Change<TargetApp> change) {
    lock.lock();
    try {
      UnderWay known = underWay.get(change.key());
      if (known == null) {
        judge(change);
      } else {
        known.watched.addLast(change);
      }
    } finally {
      lock.unlock();
    }
  }

  // The rest is guarded by lock.

  private void did(ObjectKey app, Own own) {
    listener.did(own);
    Happened what = own.what();
    boolean wrote = !version(what.after()).equals(version(what.before()));
    Last before = last.get(app);
    TargetApp unseen = before == null ? null : before.written();
    last.put(app, new Last(wrote ? what.after() : unseen, what.is().digest()));
  }

  private void judge(Change<TargetApp> change) {
    TargetApp before = change.before();
    TargetApp after = change.after();
    if (before != null && after != null && isSame(before, after)) {
      moved(change.key(), before, after);
      return;
    }
    last.remove(change.key());
    if (before != null) {
      listener.went(before);
    }
    // What was there when this process began has not come now.
    if (after != null && (before != null || !change.listed())) {
      listener.came(after);
    }
  }

  private void moved(ObjectKey app, TargetApp before, TargetApp after) {
    Last own = last.get(app);
    TargetApp written = own == null ? null : own.written();
    if (own != null && written != null && isSame(written, after)) {
      if (ResourceVersions.includes(version(written), version(after))) {
        if (version(written).equals(version(after))) {
          last.put(app, new Last(null, own.digest()));
        }
        return;
      }
    }
    TargetAppStatus told = (written == null ? before : written).statusOrEmpty();
    // Somebody may have edited a label.
    if (!told.equals(after.statusOrEmpty())) {
      last.remove(app);
      listener.saw(told, after, own == null ? null : own.digest());
    }
  }

  private static boolean isBefore(Change<TargetApp> change, TargetApp written) {
    TargetApp after = change.after();
    return after != null
        && isSame(after, written)
        && !ResourceVersions.includes(version(after), version(written));
  }

  private static String version(TargetApp app) {
    return Objects.requireNonNullElse(app.getMetadata().getResourceVersion(), "");
  }

  private static boolean isSame(TargetApp one, TargetApp other) {
    return Objects.equals(one.getMetadata().getUid(), other.getMetadata().getUid());
  }
}
