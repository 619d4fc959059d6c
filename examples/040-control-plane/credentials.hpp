#pragma once

/// \file
/// The keys of the cluster: who signs its certificates, and the tokens of its service accounts.

#include "store.hpp"

#include <berth/core/credentials/certificate_order.hpp>
#include <berth/kube/authentication/token_authority.hpp>

#include <string>

namespace plane {

/// What the parts do with the cluster's keys. Without keys all of it is empty.
struct credentials {
    std::string certificate; ///< of the authority, in PEM
    berth::credentials::certificate_signer certificates;
    berth::kube::token_authority tokens;
};

/// The keys in a file, which is made if there is none. Errors: others may read it, it cannot be read.
auto credentials_in_file(std::string const& file) -> berth::result<credentials>;

/// The keys that are kept in a store, where no API shows them; they are made if there are none.
auto credentials_in_store(object_store& store) -> berth::result<credentials>;

} // namespace plane
