/// \file
/// Serves the kinds that CustomResourceDefinitions describe.

#include "parts.hpp"

#include <berth/core/threads.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/controller.hpp>

namespace plane {

namespace {

class custom final : public part {
public:
    custom(berth::api::any_client client, berth::api::shared_registry kinds)
        : client_(std::move(client)), kinds_(client_, std::move(kinds)) {}

    auto run(std::stop_token stop) -> void override { berth::run_on_threads(stop, kinds_); }

private:
    berth::api::any_client client_;
    berth::kube::custom_kinds kinds_;
};

} // namespace

auto make_custom_kinds(api_server& api) -> std::unique_ptr<part> {
    return std::make_unique<custom>(api, api.kinds());
}

auto follow_custom_kinds(api_access const& api) -> std::unique_ptr<part> {
    return std::make_unique<custom>(api.as(berth::api::system_identity("kube-controller-manager")),
                                    api.kinds);
}

} // namespace plane
