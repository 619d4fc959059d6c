/// \file
/// Serves the kinds that CustomResourceDefinitions describe.

#include "parts.hpp"

#include <berth/core/threads.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/controller.hpp>

namespace plane {

namespace {

class custom final : public part {
public:
    explicit custom(api_server& api) : kinds_(api, api.kinds()) {}

    auto run(std::stop_token stop) -> void override { berth::run_on_threads(stop, kinds_); }

private:
    berth::kube::custom_kinds kinds_;
};

} // namespace

auto make_custom_kinds(api_server& api) -> std::unique_ptr<part> { return std::make_unique<custom>(api); }

} // namespace plane
