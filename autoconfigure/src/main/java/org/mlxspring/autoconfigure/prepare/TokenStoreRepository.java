package org.mlxspring.autoconfigure.prepare;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface TokenStoreRepository extends Repository<TokenStoreEntity, Long> {

    TokenStoreEntity saveAndFlush(TokenStoreEntity store);

    Optional<TokenStoreEntity> findById(long id);

    Optional<TokenStoreEntity> findByVersionIdAndStoreKey(long versionId, String storeKey);

    List<TokenStoreEntity> findByVersionIdOrderById(long versionId);

    List<TokenStoreEntity> findAllByOrderById();

    void deleteById(long id);
}
