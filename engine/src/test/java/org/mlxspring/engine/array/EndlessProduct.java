package org.mlxspring.engine.array;

/** A process that multiplies matrices without end, on OpenBLAS's threads where that is there, and says when it has begun. */
final class EndlessProduct {

    private EndlessProduct() {}

    public static void main(String[] arguments) {
        Mlx.ownProcess();
        try (Scope scope = Scope.open()) {
            Array matrices = Array.ones(DType.FLOAT32, 4, 384, 384);
            for (long products = 1; ; products++) {
                try (Array product = matrices.matmul(matrices)) {
                    Mlx.eval(product);
                }
                if (products == 10) {
                    System.out.println("multiplying");
                }
            }
        }
    }
}
