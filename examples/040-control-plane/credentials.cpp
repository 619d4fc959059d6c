/// \file
/// The cluster's keys, from a file or from its store.

#include "credentials.hpp"

#include "seed.hpp"

#include <berth/api/keep_once.hpp>
#include <berth/core/clock.hpp>
#include <berth/core/credentials/cluster_keys.hpp>
#include <berth/kube/core/secret/type.hpp>

#include <utility>

namespace plane {

namespace {

auto now() -> berth::time_point { return berth::system_clock{}.now(); }

auto use(berth::credentials::cluster_keys const& keys) -> credentials {
    return {.certificate = keys.authority.certificate(),
            .certificates = berth::credentials::signer_of(keys.authority),
            .tokens = berth::kube::token_authority(berth::credentials::signer_of(keys.tokens),
                                                   {.seed = random_seed()})};
}

} // namespace

auto credentials_in_file(std::string const& file) -> berth::result<credentials> {
    auto const keys = berth::credentials::keys_in_file(file, now());
    if (!keys) return std::unexpected(keys.error());
    return use(*keys);
}

auto credentials_in_store(object_store& store) -> berth::result<credentials> {
    auto const make = []() -> berth::result<berth::kube::secret> {
        auto const keys = berth::credentials::cluster_keys::make(now());
        if (!keys) return std::unexpected(keys.error());
        auto out = berth::kube::secret();
        out.metadata.name = "keys";
        out.type = "Opaque";
        out.data["pem"].data = keys->to_text();
        return out;
    };
    auto const kept = berth::api::keep_once<berth::kube::secret>(store, "keys", make);
    if (!kept) return std::unexpected(kept.error());
    auto const keys = berth::credentials::cluster_keys::from_text(kept->data.get("pem").data);
    if (!keys) return std::unexpected(keys.error());
    return use(*keys);
}

} // namespace plane
