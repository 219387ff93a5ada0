/** Arrays of MLX with the lifetime of a scope, operations on them, gradients, random numbers and safetensors files. */
@NullMarked
package org.mlxspring.engine.array;

import org.jspecify.annotations.NullMarked;
