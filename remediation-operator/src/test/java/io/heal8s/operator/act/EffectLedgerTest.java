// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.core.decide.policy.EffectivePolicy.Budget;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.operator.intent.Claim;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EffectLedgerTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final ObjectKey A = new ObjectKey("shop", "a");
  private static final ObjectKey B = new ObjectKey("shop", "b");
  private static final Claim ONE =
      new Claim("shop", new Budget(3, 1, null, Duration.ofHours(1)), Mode.Direct);
  private static final Claim ONE_PROPOSAL =
      new Claim("shop", new Budget(3, 1, null, Duration.ofHours(1)), Mode.GitOps);

  private final List<Remediation> cached = new ArrayList<>();
  private final Set<ObjectKey> behind = new HashSet<>();
  private final EffectLedger ledger = new EffectLedger(new FakeCache());

  private final class FakeCache implements RemediationCache {
    @Override
    public Optional<Remediation> get(ObjectKey key) {
      return Optional.empty();
    }

    @Override
    public List<Remediation> ofTarget(String targetKey) {
      return List.of();
    }

    @Override
    public List<Remediation> arriving(String edgeKey) {
      return List.of();
    }

    @Override
    public List<Remediation> withEffects(String targetNamespace) {
      return cached;
    }

    @Override
    public List<Remediation> withEffects() {
      return cached;
    }

    @Override
    public boolean behind(ObjectKey key) {
      return behind.contains(key);
    }
  }

  @Test
  void theLastPlaceIsTakenOnceAlthoughNoCacheShowsIt() {
    assertThat(ledger.reserve(A, ONE, Rem.T0)).isTrue();
    assertThat(ledger.reserve(B, ONE, Rem.T0)).isFalse();

    behind.add(A);
    ledger.written(A);
    assertThat(ledger.reserve(B, ONE, Rem.T0)).as("written, the cache lags").isFalse();
  }

  @Test
  void aPlaceWhoseWriteFailedIsFreeAgain() {
    assertThat(ledger.reserve(A, ONE, Rem.T0)).isTrue();
    ledger.release(A);

    assertThat(ledger.reserve(B, ONE, Rem.T0)).isTrue();
  }

  @Test
  void whatTheCacheShowsIsCountedOnce() {
    Claim two = new Claim("shop", new Budget(3, 2, null, Duration.ofHours(1)), Mode.Direct);
    assertThat(ledger.reserve(A, two, Rem.T0)).isTrue();
    ledger.written(A);
    cached.add(Rem.planned("a").direct().applied(Duration.ZERO, Mode.Direct).build());

    assertThat(ledger.counts("shop", Rem.T0.minusSeconds(3600)).namespace().effects()).hasSize(1);
    assertThat(ledger.reserve(B, two, Rem.T0)).isTrue();
  }

  @Test
  void aProposalHoldsItsPlaceUntilItIsOver() {
    assertThat(ledger.reserve(A, ONE_PROPOSAL, Rem.T0)).isTrue();
    assertThat(ledger.reserve(B, ONE_PROPOSAL, Rem.T0)).as("no cache shows it").isFalse();

    ledger.written(A);
    cached.add(Rem.planned("a").proposed().build());
    Instant later = Rem.T0.plus(Duration.ofHours(5));
    assertThat(ledger.reserve(B, ONE_PROPOSAL, later)).as("open for hours").isFalse();
    assertThat(ledger.reserve(B, ONE, later)).as("nor beside it").isFalse();

    cached.set(0, Rem.planned("a").proposed().ended(Phase.Failed, "Refused", MINUTE).build());
    assertThat(ledger.reserve(B, ONE_PROPOSAL, later)).as("closed").isTrue();
  }

  @Test
  void oneWhosePullRequestMayExistKeepsItsPlaceWhileTheGateHoldsIt() {
    cached.add(Rem.planned("a").held("DryRun").pullRequest(PullRequest.State.Pending).build());
    assertThat(ledger.reserve(B, ONE_PROPOSAL, Rem.T0)).as("its branch may be there").isFalse();

    cached.set(0, Rem.planned("a").held("DryRun").pullRequest(PullRequest.State.Open).build());
    assertThat(ledger.reserve(B, ONE_PROPOSAL, Rem.T0)).as("it may be merged").isFalse();

    cached.set(0, Rem.planned("a").held("DryRun").build());
    assertThat(ledger.reserve(B, ONE_PROPOSAL, Rem.T0)).as("nothing was begun").isTrue();
  }

  @Test
  void aMergedProposalIsAnEffectOfTheWindow() {
    cached.add(Rem.planned("a").syncing(MINUTE).build());

    assertThat(ledger.reserve(B, ONE_PROPOSAL, Rem.T0.plus(Duration.ofMinutes(60)))).isFalse();
    assertThat(ledger.reserve(B, ONE_PROPOSAL, Rem.T0.plus(Duration.ofMinutes(61)))).isTrue();
  }

  @Test
  void whoHasAPlaceIsNotInItsOwnWay() {
    cached.add(Rem.planned("a").gated().build());

    assertThat(ledger.reserve(A, ONE_PROPOSAL, Rem.T0)).isTrue();
    assertThat(ledger.reserve(B, ONE_PROPOSAL, Rem.T0)).isFalse();
  }

  @Test
  void effectsBeforeTheWindowAreForgotten() {
    cached.add(Rem.planned("a").direct().applied(Duration.ofHours(-2), Mode.Direct).build());

    assertThat(ledger.reserve(B, ONE, Rem.T0)).isTrue();
  }
}
