package org.mlxspring.autoconfigure.prepare;

class PreparedTokensH2Test extends PreparedTokensTest {

    @Override
    String[] database() {
        return new String[] {"spring.datasource.url=jdbc:h2:mem:prepare;DB_CLOSE_DELAY=-1"};
    }
}
