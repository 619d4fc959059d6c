// The table of a large type.
#include <berth/kube/core/pod/type.hpp>

auto of_pod() -> berth::object::type_info const&;
auto of_pod() -> berth::object::type_info const& { return berth::object::type_of<berth::kube::pod>(); }
