// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

/** Runs Terraform; docs/spec/opentofu-action.md has the fields. */
public final class TerraformPlugin extends ProgramPlugin {

  /** For ServiceLoader. */
  public TerraformPlugin() {
    super("terraform", "terraform");
  }
}
