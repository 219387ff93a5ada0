/** The auto-configurations of the starter: they only wire what the packages below hold, and Spring Boot calls them. */
@NullMarked
package org.mlxspring.autoconfigure;

import org.jspecify.annotations.NullMarked;
