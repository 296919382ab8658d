// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.pr.changerequest.PrSnapshot;
import io.heal8s.pr.changerequest.PrSnapshot.Asked;
import io.heal8s.pr.changerequest.Wish;
import io.heal8s.pr.changerequest.Wishes;
import io.heal8s.pr.forge.Forges;
import io.heal8s.pr.intent.Reply;
import io.heal8s.pr.intent.View;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks a forge what the decision about a Remediation needs. An open pull request is looked at once
 * per poll interval, however often its Remediation changes; the times are only in memory, and a
 * restart asks once more.
 */
public final class ForgeQuestions {

  private final Wishes wishes;
  private final Forges forges;
  private final Duration poll;
  private final Map<String, Instant> asked = new ConcurrentHashMap<>();
  private final Map<String, Instant> silent = new ConcurrentHashMap<>();

  /** Asks these forges. */
  public ForgeQuestions(Wishes wishes, Forges forges, Duration poll) {
    this.wishes = wishes;
    this.forges = forges;
    this.poll = poll;
  }

  /** Something says that the forge would answer otherwise now: the next question goes at once. */
  public void wake(Remediation remediation) {
    asked.remove(uidOf(remediation));
  }

  /** Nothing is known of that Remediation any more. */
  public void forget(Remediation gone) {
    forget(uidOf(gone));
  }

  private void forget(String uid) {
    asked.remove(uid);
    silent.remove(uid);
  }

  private static String uidOf(Remediation remediation) {
    return Objects.requireNonNullElse(remediation.metadata().getUid(), "");
  }

  /** What the forge says, or that it need not be asked now. */
  public PrSnapshot ask(Remediation remediation, Instant now) {
    String uid = uidOf(remediation);
    Optional<Wish> wanted = wishes.of(remediation);
    if (wanted.isEmpty()) {
      forget(uid);
      return new PrSnapshot(remediation, new Asked.NotNeeded());
    }
    Wish wish = wanted.get();
    if (wish.aim() == Wish.Aim.WATCH) {
      Instant last = asked.get(uid);
      Duration since = last == null ? poll : Duration.between(last, now);
      if (!since.isNegative() && since.compareTo(poll) < 0) {
        return new PrSnapshot(remediation, new Asked.TooSoon(poll.minus(since)));
      }
      asked.put(uid, now);
    }
    Reply<View> reply =
        forges.of(wish.inquiry().repository().forge()).then(forge -> forge.look(wish.inquiry()));
    return new PrSnapshot(
        remediation, new Asked.Answered(wish, reply, silentSince(uid, reply, now)));
  }

  private @Nullable Instant silentSince(String uid, Reply<View> reply, Instant now) {
    if (reply instanceof Reply.NotNow<View>) {
      return silent.computeIfAbsent(uid, _ -> now);
    }
    silent.remove(uid);
    return null;
  }
}
