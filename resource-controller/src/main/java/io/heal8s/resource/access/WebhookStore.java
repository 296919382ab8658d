// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.access;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Admission webhooks. Blocks; safe for any number of threads. */
public interface WebhookStore {

  /** Creates one, its id and times left out; empty when the name is taken. */
  Optional<AdmissionWebhook> create(AdmissionWebhook webhook);

  Optional<AdmissionWebhook> find(long id);

  /** Webhooks in the order in which they are asked; null lets all through. */
  List<AdmissionWebhook> list(
      @Nullable String typeName,
      @Nullable String typeVersion,
      AdmissionWebhook.@Nullable Kind kind,
      int limit);

  /** Replaces one by its id; empty when the name is taken or there is none. */
  Optional<AdmissionWebhook> update(AdmissionWebhook webhook);

  /** False when there is none. */
  boolean delete(long id);
}
