// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

/** Runs OpenTofu; docs/spec/opentofu-action.md has the fields. */
public final class OpentofuPlugin extends ProgramPlugin {

  /** For ServiceLoader. */
  public OpentofuPlugin() {
    super("opentofu", "tofu");
  }
}
