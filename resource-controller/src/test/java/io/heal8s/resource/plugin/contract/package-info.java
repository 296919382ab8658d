// SPDX-License-Identifier: Apache-2.0
/**
 * What every plugin must do, as tests that an author extends. They come as the test jar of this
 * module. Each plugin of the service extends them too.
 */
@NullMarked
package io.heal8s.resource.plugin.contract;

import org.jspecify.annotations.NullMarked;
