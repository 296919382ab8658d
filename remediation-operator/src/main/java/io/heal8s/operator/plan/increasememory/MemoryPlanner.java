// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.increasememory;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.core.decide.QuantityText;
import io.heal8s.operator.intent.Action.IncreaseMemory;
import io.heal8s.operator.intent.Cap;
import io.heal8s.operator.plan.ContainerChoice;
import io.heal8s.operator.plan.Draft;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.PolicyCap;
import io.heal8s.operator.plan.Workload;
import io.heal8s.operator.plan.WorkloadPods;
import io.heal8s.operator.plan.increasememory.ContainerMemory.Value;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query.ListBySelector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Plans of IncreaseMemory. The formula and its steps are those of the first release; what it could
 * lower (a limit above the cap, a request) is never lowered here.
 */
public final class MemoryPlanner {

  private static final BigInteger STEP = BigInteger.valueOf(64L << 20);
  private static final BigDecimal WITHOUT_LIMIT = BigDecimal.valueOf(256L << 20);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private MemoryPlanner() {}

  /** Plans the next limit, and the request where it equalled the limit. */
  public static Draft draft(PlanRequest request, IncreaseMemory action, Known known) {
    Optional<Workload> workload = Workload.of(request.live());
    if (workload.isEmpty()) {
      return Draft.refused(
          PlanReason.UnsupportedTarget,
          "IncreaseMemory cannot change "
              + Workload.show(request.live())
              + "; it changes Deployments, StatefulSets, DaemonSets and CronJobs");
    }
    Optional<String> blocked = workload.get().rolloutBlocked();
    if (blocked.isPresent()) {
      return Draft.refused(PlanReason.RolloutBlocked, blocked.get());
    }
    return switch (ContainerChoice.of(workload.get(), request.target().container())) {
      case ContainerChoice.NotChosen(var verdict) -> new Draft.Refused(verdict);
      case ContainerChoice.Chosen(String container) -> {
        Optional<ListBySelector> pods = WorkloadPods.query(request.live());
        if (pods.isPresent() && !known.has(pods.get())) {
          yield new Draft.Needs(Set.of(pods.get()));
        }
        List<LiveObject> selected = pods.map(known::many).orElseGet(List::of);
        ContainerMemory memory =
            ContainerMemory.of(
                workload.get(), WorkloadPods.of(request.live(), selected), container);
        Cap cap = PolicyCap.lower(action.cap(), request.policy(), "maxMemory");
        yield draft(workload.get(), container, memory, action, cap);
      }
    };
  }

  private static Draft draft(
      Workload workload, String container, ContainerMemory memory, IncreaseMemory action, Cap cap) {
    String whose = "container " + container + " of " + workload.show();
    Value effective = memory.effectiveLimit();
    if (effective == null && !action.addLimit()) {
      return Draft.refused(
          PlanReason.NoMemoryLimit,
          whose
              + " has no memory limit, so a first one could kill it; set a limit yourself, or"
              + " spec.action.params.addLimit: \"true\" in a new Remediation");
    }
    BigDecimal base = base(memory);
    if (base.compareTo(cap.value()) >= 0) {
      return new Draft.Nothing(
          container,
          PlanReason.CapReached,
          whose
              + " has "
              + text(base)
              + " of memory and may have at most "
              + cap.text()
              + " ("
              + cap.source()
              + ")");
    }
    BigDecimal raised = new BigDecimal(raised(base, action.percent()));
    boolean capped = raised.compareTo(cap.value()) >= 0;
    Value wanted = capped ? new Value(cap.text(), cap.value()) : new Value(text(raised), raised);
    Value template = memory.templateLimit();
    if (template != null && template.bytes().compareTo(wanted.bytes()) >= 0) {
      return new Draft.Nothing(
          container,
          PlanReason.NothingToChange,
          whose
              + " has "
              + text(base)
              + " in its pods, but the template already says "
              + template.text()
              + ", not less than the "
              + wanted.text()
              + " that it would get");
    }
    return new Draft.Changes(
        container,
        changes(workload, container, memory, wanted),
        List.of(
            "The effective memory limit of container "
                + container
                + " is "
                + (effective == null ? "not set." : effective.text() + ".")),
        null);
  }

  /**
   * The next limit: {@code trunc(current × (1 + percent / 100))}, rounded up to a multiple of 64 Mi
   * (first release, contract §4).
   */
  static BigInteger raised(BigDecimal current, BigDecimal percent) {
    BigInteger grown =
        current
            .multiply(HUNDRED.add(percent))
            .divide(HUNDRED)
            .setScale(0, RoundingMode.DOWN)
            .toBigInteger();
    return grown.add(STEP).subtract(BigInteger.ONE).divide(STEP).multiply(STEP);
  }

  private static BigDecimal base(ContainerMemory memory) {
    Value effective = memory.effectiveLimit();
    BigDecimal base = effective == null ? WITHOUT_LIMIT : effective.bytes();
    if (memory.templateLimit() != null) {
      return base;
    }
    // The first limit of a template must not end below its request: the API server refuses that.
    Value request =
        effective == null && memory.templateRequest() == null
            ? memory.podRequest()
            : memory.templateRequest();
    return request == null ? base : base.max(request.bytes());
  }

  private static List<Change> changes(
      Workload workload, String container, ContainerMemory memory, Value wanted) {
    String limit = workload.containerField(container, "resources.limits.memory");
    String request = workload.containerField(container, "resources.requests.memory");
    List<Change> changes = new ArrayList<>();
    changes.add(
        Change.of(
            limit,
            workload.live().text(limit).isEmpty() ? null : workload.live().text(limit),
            wanted.text(),
            ValueType.string));
    Value current = memory.effectiveLimit();
    Value own = memory.templateRequest();
    if (own != null) {
      Value equalled = memory.templateLimit() == null ? current : memory.templateLimit();
      if (equalled != null && own.equalTo(equalled)) {
        changes.add(Change.of(request, own.text(), wanted.text(), ValueType.string));
      }
    } else if (memory.templateLimit() == null && memory.podRequest() != null) {
      // Kubernetes sets a missing request to the limit: what a LimitRange gave is written down,
      // or the first limit in the template would raise the request as well.
      if (current == null || !memory.podRequest().equalTo(current)) {
        changes.add(Change.of(request, null, memory.podRequest().text(), ValueType.string));
      }
    }
    return changes;
  }

  private static String text(BigDecimal bytes) {
    return QuantityText.binary(bytes.setScale(0, RoundingMode.CEILING).toBigInteger());
  }
}
