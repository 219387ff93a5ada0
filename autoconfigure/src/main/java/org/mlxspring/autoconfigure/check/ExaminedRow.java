package org.mlxspring.autoconfigure.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mlxspring.engine.data.Split;

/**
 * What looking at a row alone gave; nothing of its text is left.
 *
 * @param id its id
 * @param split its split
 * @param hashes by which it is compared with others
 * @param signature by which its similarity to others is estimated; empty where that is not looked for or there are no letters
 * @param length how long it is; empty where that cannot be told
 * @param findings what is wrong with it
 */
record ExaminedRow(
        long id,
        Split split,
        RowHashes hashes,
        Optional<short[]> signature,
        OptionalInt length,
        List<CheckFinding> findings) {}
