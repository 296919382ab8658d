// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.target;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.api.k8shealer.remediation.Target;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.core.decide.Verdict;
import io.heal8s.operator.intent.Action;
import io.heal8s.operator.target.Query.Get;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One search for the object that must change: pod → ReplicaSet → Deployment, pod → StatefulSet or
 * DaemonSet, Job → CronJob, autoscaler → what it scales. It goes up as long as the controlling
 * owner is of apps/v1 or batch/v1; an owner outside them is left to {@link ManagedBy}.
 */
public final class TargetResolution {

  // Names of a ReplicaSet's pods end in five letters of this alphabet; a StatefulSet's in a number.
  private static final Pattern GENERATED = Pattern.compile("[bcdfghjklmnpqrstvwxz2456789]{5}");
  private static final Pattern ORDINAL = Pattern.compile("[0-9]+");

  private final Target target;
  private final Action action;
  private final Known known;
  private final Set<Get> visited = new LinkedHashSet<>();

  private TargetResolution(Target target, Action action, Known known) {
    this.target = target;
    this.action = action;
    this.known = known;
  }

  /**
   * Finds the object that must change for a Remediation.
   *
   * @param known what was read so far; asks again until that is enough
   */
  public static Resolution resolve(Remediation remediation, Known known) {
    return switch (AskedAction.of(remediation, known)) {
      case AskedAction.NeedsReading(var queries) -> new Resolution.NeedsReading(queries);
      case AskedAction.NotUnderstood(Verdict verdict) -> new Resolution.Unresolvable(verdict);
      case AskedAction.Understood(Action action) ->
          resolve(remediation.spec().target(), action, known);
    };
  }

  /**
   * Searches as far as what is known allows.
   *
   * @param action decides only what an autoscaler leads to that scales something unknown: its own
   *     maximum can be raised, nothing else
   * @return asks for at most a few objects at a time; ends for every answer
   */
  public static Resolution resolve(Target target, Action action, Known known) {
    Get named = new Get(apiVersionOf(target), target.kind(), target.namespace(), target.name());
    return TargetText.problem(target, named)
        .<Resolution>map(problem -> unresolvable(TargetReason.InvalidTarget, problem))
        .orElseGet(() -> new TargetResolution(target, action, known).named(named));
  }

  private static String apiVersionOf(Target target) {
    String given = target.apiVersion() == null ? "apps/v1" : target.apiVersion();
    // The first release had no apiVersion and its default is apps/v1, which these are not in.
    return switch (target.kind()) {
      case "Pod" -> given.equals("apps/v1") ? "v1" : given;
      case "Job", "CronJob" -> given.equals("apps/v1") ? "batch/v1" : given;
      case "HorizontalPodAutoscaler" -> "autoscaling/v2";
      default -> given;
    };
  }

  private Resolution named(Get get) {
    if (!known.has(get)) {
      return new Resolution.NeedsReading(Set.of(get));
    }
    Optional<LiveObject> found = known.one(get);
    if (found.isPresent()) {
      return upFrom(get, found.get());
    }
    return isPod(get) ? fromPodName(get) : notFound(get, null);
  }

  private Resolution upFrom(Get get, LiveObject object) {
    if (!visited.add(get)) {
      return unresolvable(
          TargetReason.OwnerLoop,
          show(get)
              + " is its own controlling owner by way of "
              + visited.size()
              + " objects; repair metadata.ownerReferences of one of them");
    }
    if (get.kind().equals("HorizontalPodAutoscaler")) {
      return fromAutoscaler(get, object);
    }
    Optional<OwnerReference> owner =
        OwnerReference.controllerOf(object).filter(OwnerReference::isBuiltIn);
    return owner.isEmpty() ? resolved(object) : toOwner(get, object, owner.get());
  }

  private Resolution toOwner(Get from, LiveObject object, OwnerReference owner) {
    Get get = new Get(owner.apiVersion(), owner.kind(), from.namespace(), owner.name());
    if (!TargetText.isReadable(get)) {
      return notFound(get, from);
    }
    if (!known.has(get)) {
      return new Resolution.NeedsReading(Set.of(get));
    }
    Optional<LiveObject> found =
        known.one(get).filter(live -> owner.uid().isEmpty() || live.uid().equals(owner.uid()));
    if (found.isPresent()) {
      return upFrom(get, found.get());
    }
    // The owner was deleted and the garbage collector has not come by yet.
    return isPod(from) && !object.text("metadata.deletionTimestamp").isEmpty()
        ? fromPodName(from)
        : notFound(get, from);
  }

  private Resolution fromAutoscaler(Get get, LiveObject autoscaler) {
    String apiVersion = autoscaler.text("spec.scaleTargetRef.apiVersion");
    String kind = autoscaler.text("spec.scaleTargetRef.kind");
    String name = autoscaler.text("spec.scaleTargetRef.name");
    if (apiVersion.equals("apps/v1")) {
      Get scaled = new Get(apiVersion, kind, get.namespace(), name);
      if (!TargetText.isReadable(scaled)) {
        return notFound(scaled, get);
      }
      if (!known.has(scaled)) {
        return new Resolution.NeedsReading(Set.of(scaled));
      }
      Optional<LiveObject> found = known.one(scaled);
      return found.isPresent() ? upFrom(scaled, found.get()) : notFound(scaled, get);
    }
    if (action instanceof Action.ScaleUp) {
      return resolved(autoscaler);
    }
    return unresolvable(
        TargetReason.UnsupportedTarget,
        show(get)
            + " scales "
            + ForeignText.line(kind + " " + name)
            + " of "
            + (apiVersion.isEmpty() ? "no apiVersion" : ForeignText.line(apiVersion))
            + ", which "
            + action.type()
            + " cannot change; name a workload of apps/v1 as spec.target");
  }

  private Resolution fromPodName(Get pod) {
    int dash = pod.name().lastIndexOf('-');
    String base = dash < 0 ? "" : pod.name().substring(0, dash);
    String last = pod.name().substring(dash + 1);
    // Most ends fit one kind; 24567 fits both.
    Map<String, Pattern> makers = new LinkedHashMap<>();
    makers.put("ReplicaSet", GENERATED);
    makers.put("StatefulSet", ORDINAL);
    makers.values().removeIf(end -> base.isEmpty() || !end.matcher(last).matches());
    for (String kind : makers.keySet()) {
      Get maker = new Get("apps/v1", kind, pod.namespace(), base);
      if (!known.has(maker)) {
        return new Resolution.NeedsReading(Set.of(maker));
      }
      Optional<LiveObject> found = known.one(maker);
      if (found.isPresent()) {
        return upFrom(maker, found.get());
      }
    }
    return unresolvable(
        TargetReason.PodGone,
        show(pod)
            + " is gone and its name leads to no ReplicaSet or StatefulSet that exists;"
            + " nothing is left to repair, or create a Remediation that names the workload");
  }

  private Resolution resolved(LiveObject object) {
    return new Resolution.Resolved(
        new ResolvedTarget(
            object.apiVersion(),
            object.kind(),
            target.namespace(),
            object.name(),
            object.uid(),
            blankToNull(target.container())),
        object);
  }

  private Resolution notFound(Get missing, @Nullable Get from) {
    String what = show(missing) + " does not exist";
    return unresolvable(
        TargetReason.TargetNotFound,
        from == null
            ? what + "; correct spec.target in a new Remediation, or restore the object"
            : what + ", although " + show(from) + " names it; restore it, or name another target");
  }

  private static Resolution unresolvable(TargetReason reason, String message) {
    return new Resolution.Unresolvable(new Verdict(reason, message));
  }

  private static boolean isPod(Get get) {
    return get.kind().equals("Pod") && get.apiVersion().equals("v1");
  }

  private static @Nullable String blankToNull(@Nullable String container) {
    return container == null || container.isBlank() ? null : container;
  }

  private static String show(Get get) {
    return ForeignText.line(get.kind() + " " + get.namespace() + "/" + get.name());
  }
}
