// SPDX-License-Identifier: Apache-2.0
/**
 * The plugin against a GitLab on this machine that knows the paths, the parameters and the answers
 * of GitLab's published description of its pipelines API, and objects to anything else.
 */
@NullMarked
package io.heal8s.resource.plugin.action.gitlab;

import org.jspecify.annotations.NullMarked;
